/** A principle in the researcher's own words. */
import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useAddPrinciples } from "../api/principles";

/** Draws the form. */
export function OwnPrinciple({ audit }: { audit: string }) {
  const [title, setTitle] = useState("");
  const [statement, setStatement] = useState("");
  const add = useAddPrinciples(useStudy().slug, audit);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add.mutate({ title: title.trim(), statement: statement.trim() }, {
      onSuccess: () => {
        setTitle("");
        setStatement("");
        notify("The principle is added.");
      },
      onError: notifyError,
    });
  };
  return (
    <form onSubmit={submit} aria-label="Own principle">
      <Stack gap="sm">
        <TextInput label="Title" required maxLength={120} value={title} onChange={(event) => { setTitle(event.currentTarget.value); }} />
        <Textarea label="Statement" description="What a response must do for this principle to prefer it" required autosize minRows={2} value={statement} onChange={(event) => { setStatement(event.currentTarget.value); }} />
        <Button type="submit" variant="default" disabled={title.trim() === "" || statement.trim() === ""} loading={add.isPending}>Add principle</Button>
      </Stack>
    </form>
  );
}
