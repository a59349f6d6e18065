/** Whose judgements targets are made of: everybody's, one group's, or two groups' beside each other. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { mayBeHeardQuery } from "../api/data-sets";
import { EVERYBODY, groupedBy, groupings, groupOptions, type Wanted } from "../hooks/heard";

interface WhoseProps {
  audit: string;
  input: Wanted;
  set: (change: Partial<Wanted>) => void;
}

/** Draws the choices; nothing where there are no groups. */
export function WhoseJudgements({ audit, input, set }: WhoseProps) {
  const { slug } = useStudy();
  const { data } = useQuery(mayBeHeardQuery(slug, audit));
  const kinds = groupings(data, input.target);
  const options = groupOptions(kinds, input.by);
  const others = options.filter(({ value }) => value !== input.group);
  const isGraph = input.target === "graph";
  if (data !== undefined && kinds.length === 0) {
    return isGraph ? <p className="note">No group of voters can be heard alone: that takes five people who told the same of themselves, voted, and agreed to training.</p> : null;
  }
  const alone = [input.group, input.second].flatMap((name) => options.filter(({ value }) => value === name)).some(({ people }) => people === 1);
  return (
    <>
      <NativeSelect
        label={isGraph ? "Whose votes" : "Whose verdicts"}
        data={[{ value: "", label: "Everybody’s" }, ...kinds.map(({ by, label }) => ({ value: by, label: isGraph ? `A group by “${label}”` : `A group: ${label.toLowerCase()}` }))]}
        value={input.by}
        onChange={({ currentTarget: { value } }) => { set(value === "" ? EVERYBODY : groupedBy(kinds, value)); }}
      />
      {input.by !== "" && <NativeSelect label="Group" data={options} value={input.group} onChange={({ currentTarget: { value } }) => { set({ group: value, second: input.second === value ? "" : input.second }); }} />}
      {input.by !== "" && others.length > 0 && (
        <NativeSelect
          label="To compare with"
          description="A second group makes a second data set of the same comparisons"
          data={[{ value: "", label: "No other group" }, ...others]}
          value={input.second}
          onChange={({ currentTarget: { value } }) => { set({ second: value, ...(value === "" ? {} : { split: "prompts" as const }) }); }}
        />
      )}
      {alone && <p className="note">A model that is trained on one person’s verdicts learns to judge as that person does.</p>}
    </>
  );
}
