/** Who works on a study, in which role; an admin changes it. */
import "@/styles/study.css";
import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may, type Role, useMe } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { membersQuery, useMembers } from "../api/members";
import type { Member } from "../api/types";

const ROLES: readonly { value: Role; label: string }[] = [
  { value: "annotator", label: "Annotator: judges pairs of responses" },
  { value: "researcher", label: "Researcher: writes the study, reads and helps" },
  { value: "auditor", label: "Auditor: reads and changes nothing" },
  { value: "admin", label: "Admin: all of it, members and training too" },
];

function roleOf(value: string): Role {
  return ROLES.find((role) => role.value === value)?.value ?? "annotator";
}

function NewMember({ slug }: { slug: string }) {
  const [username, setUsername] = useState("");
  const [role, setRole] = useState<Role>("researcher");
  const { add } = useMembers(slug);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add.mutate({ username, role }, { onSuccess: () => { setUsername(""); notify("Added."); } });
  };
  return (
    <form className="sheet launch-form" aria-labelledby="new-member" onSubmit={submit}>
      <h2 id="new-member">Add somebody</h2>
      <Stack gap="md">
        <TextInput label="Account name" required maxLength={150} autoComplete="off" value={username} onChange={(event) => { setUsername(event.currentTarget.value); }} />
        <NativeSelect label="Role" data={ROLES} value={role} onChange={(event) => { setRole(roleOf(event.currentTarget.value)); }} />
        {add.error && <ErrorState error={add.error} />}
        <div><Button type="submit" loading={add.isPending} disabled={username.trim() === ""}>Add to the study</Button></div>
      </Stack>
    </form>
  );
}

function Row({ slug, member, manages, onRemoved }: { slug: string; member: Member; manages: boolean; onRemoved: (member: Member) => void }) {
  const { change, remove } = useMembers(slug);
  const { user, username, name, role } = member;
  return (
    <tr>
      <th scope="row">{username}{name !== "" && ` (${name})`}</th>
      <td>{manages
        ? <NativeSelect aria-label={`Role of ${username}`} data={ROLES} value={role} onChange={(event) => { change.mutate({ user, role: roleOf(event.currentTarget.value) }, { onSuccess: () => { notify("Changed."); }, onError: notifyError }); }} />
        : ROLES.find(({ value }) => value === role)?.label}</td>
      {manages && <td><Button size="compact-sm" variant="default" aria-label={`Remove ${username}`} onClick={() => { remove.mutate(user, { onSuccess: () => { onRemoved(member); }, onError: notifyError }); }}>Remove</Button></td>}
    </tr>
  );
}

function Removed({ slug, member, onBack }: { slug: string; member: Member; onBack: () => void }) {
  const { add } = useMembers(slug);
  const undo = (): void => { add.mutate({ username: member.username, role: member.role }, { onSuccess: onBack, onError: notifyError }); };
  return <Group gap="xs" role="status"><span>{member.username} is no member any more. What they did stays.</span><Button size="compact-sm" variant="default" onClick={undo}>Undo</Button></Group>;
}

/** Draws the list and, for an admin, the form. */
export function MembersPage() {
  const { slug, title, role } = useStudy();
  const { username } = useMe();
  const manages = may(role, "manage");
  const { data, isPending, error, refetch } = useQuery(membersQuery(slug));
  const [removed, setRemoved] = useState<Member>();
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title="Members" crumbs={crumbs} lede={`Roles hold in this study alone. You are ${username}.${manages ? "" : " An admin of the study changes this list."}`}>
      {isPending && <TableSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {removed && <Removed slug={slug} member={removed} onBack={() => { setRemoved(undefined); }} />}
      {data && (
        <div className="sheet">
          <table className="bars is-plain">
            <caption className="visually-hidden">Members</caption>
            <thead><tr><th scope="col">Account</th><th scope="col">Role</th>{manages && <th scope="col">Remove</th>}</tr></thead>
            <tbody>{data.map((member) => <Row key={member.user} slug={slug} member={member} manages={manages} onRemoved={setRemoved} />)}</tbody>
          </table>
        </div>
      )}
      {manages && <NewMember slug={slug} />}
    </Page>
  );
}
