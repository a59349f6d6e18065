/** The graph as files, and on paper. */
import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { notifyError } from "@/studio/lib/notices";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { fileAddress, FORMS } from "../api/files";
import { graphSearch, type GraphChoice } from "../api/graph";
import { savePng } from "../hooks/png";

/** One a line, so that a new format is one more line. */
const FILES = [
  { path: "graph/votes-table/", label: "Votes (CSV)" },
  { path: "graph/votes-export/", label: "Values and votes (JSON)" },
] as const;

/** Draws the menu. */
export function Downloads({ choice }: { choice: GraphChoice }) {
  const { slug } = useStudy();
  const which = { rule: choice.rule, context: choice.context, balance: choice.balance };
  const search = graphSearch({ rule: choice.rule, context: choice.context });
  const png = useMutation({ mutationFn: () => savePng(fileAddress(slug, "svg", which), `${slug}-graph.png`), onError: notifyError });
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="compact-md" loading={png.isPending}>Download or print</Button></Menu.Target>
      <Menu.Dropdown>
        {FILES.map(({ path, label }) => <Menu.Item key={path} component="a" href={studyPath(slug, `${path}?${search}`)} download>{label}</Menu.Item>)}
        {FORMS.map(([form, label]) => <Menu.Item key={form} component="a" href={fileAddress(slug, form, which)} download>{label}</Menu.Item>)}
        <Menu.Item onClick={() => { png.mutate(); }}>Picture (PNG)</Menu.Item>
        <Menu.Item onClick={() => { window.print(); }}>Print as table and sentences</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
