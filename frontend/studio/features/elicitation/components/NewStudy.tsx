/** The form that makes a study. */
import { Button, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { useNewStudy } from "../api/protocol";
import { slugOf } from "../hooks/slug";

/** Draws title and address; the address follows the title until it is written by hand. */
export function NewStudy() {
  const [title, setTitle] = useState("");
  const [own, setOwn] = useState<string>();
  const make = useNewStudy();
  const navigate = useNavigate();
  const slug = own ?? slugOf(title);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    make.mutate({ title, slug }, { onSuccess: () => { void navigate({ to: `/studies/${slug}/protocol` as string }); } });
  };
  return (
    <form className="sheet launch-form" aria-labelledby="new-study" onSubmit={submit}>
      <h2 id="new-study">A new study</h2>
      <Stack gap="md">
        <TextInput label="Title" required maxLength={200} value={title} onChange={(event) => { setTitle(event.currentTarget.value); }} />
        <TextInput label="Name in addresses" description={`People open ${window.location.origin}/s/${slug || "…"}/`} required maxLength={60} pattern="[a-zA-Z0-9_\-]+" value={slug} onChange={(event) => { setOwn(event.currentTarget.value); }} />
        {make.error && <ErrorState error={make.error} />}
        <div><Button type="submit" loading={make.isPending} disabled={title.trim() === "" || slug === ""}>Make the study</Button></div>
      </Stack>
    </form>
  );
}
