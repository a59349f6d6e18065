/** In which contexts the values of a question are compared; a new one is made on the spot. */
import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { contextsQuery, useNewContext } from "../api/contexts";

interface ContextChoiceProps {
  slug: string;
  chosen: readonly number[];
  onChange: (contexts: number[]) => void;
  readOnly: boolean;
}

/** Draws the contexts to tick; none ticked means all of them. */
export function ContextChoice({ slug, chosen, onChange, readOnly }: ContextChoiceProps) {
  const { data = [] } = useQuery(contextsQuery(slug));
  const [name, setName] = useState("");
  const make = useNewContext(slug);
  const add = (): void => {
    make.mutate({ name, description: "" }, { onSuccess: ({ id }) => { setName(""); onChange([...chosen, id]); } });
  };
  return (
    <Stack gap="xs">
      <Checkbox.Group label="Contexts" description={data.length === 0 ? "A study needs one before people can judge stories, such as “When somebody is in distress”." : "Kinds of moments in which values are compared. None ticked: all of them."} value={chosen.map(String)} onChange={(next) => { onChange(next.map(Number)); }}>
        <Group gap="md" mt="xs">{data.map((context) => <Checkbox key={context.id} value={String(context.id)} label={context.name} disabled={readOnly} />)}</Group>
      </Checkbox.Group>
      {!readOnly && (
        <Group gap="xs" align="end">
          <TextInput label="A new context" maxLength={120} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
          <Button variant="default" loading={make.isPending} disabled={name.trim() === ""} onClick={add}>Add context</Button>
        </Group>
      )}
      {make.error && <ErrorState error={make.error} />}
    </Stack>
  );
}
