/** The form that begins an audit. */
import { Button, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { ApiError } from "@/lib/request";
import { useStudy } from "@/studio/shell/routes";
import { useCreateAudit } from "../api/audits";

/** Draws it; the new audit opens. */
export function NewAudit() {
  const { slug } = useStudy();
  const [title, setTitle] = useState("");
  const create = useCreateAudit(slug);
  const navigate = useNavigate();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    create.mutate(title.trim(), { onSuccess: ({ id }) => { void navigate({ to: `/studies/${slug}/discretion/${id}` as string, search: { part: "set-up" } as never }); } });
  };
  const { error } = create;
  return (
    <form className="sheet inline-form" aria-label="New audit" onSubmit={submit}>
      <TextInput
        label="Title of a new audit"
        placeholder="How people and judges read advice"
        required
        maxLength={200}
        value={title}
        onChange={(event) => { setTitle(event.currentTarget.value); }}
        error={error instanceof ApiError ? error.fields.title?.join(" ") ?? error.message : error?.message}
      />
      <Button type="submit" loading={create.isPending} disabled={title.trim() === ""}>Begin audit</Button>
    </form>
  );
}
