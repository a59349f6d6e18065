/** The graph as files, and on paper. */
import { Button, Menu } from "@mantine/core";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { graphSearch, type GraphChoice } from "../api/graph";

/** One a line, so that a new format is one more line. */
const FILES = [
  { path: "graph/votes-table/", label: "Votes (CSV)" },
  { path: "graph/votes-export/", label: "Values and votes (JSON)" },
  { path: "graph/mge-export/", label: "Graph as first published (JSON)" },
] as const;

/** Draws the menu. */
export function Downloads({ choice }: { choice: GraphChoice }) {
  const { slug } = useStudy();
  const search = graphSearch({ rule: choice.rule, context: choice.context });
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="compact-md">Download or print</Button></Menu.Target>
      <Menu.Dropdown>
        {FILES.map(({ path, label }) => <Menu.Item key={path} component="a" href={studyPath(slug, `${path}?${search}`)} download>{label}</Menu.Item>)}
        <Menu.Item onClick={() => { window.print(); }}>Print as table and sentences</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
