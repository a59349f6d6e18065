/** Ctrl+K: find any study, value, comparison or run by typing. */
import { Modal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useId, useState, type KeyboardEvent } from "react";
import { Icon } from "@/studio/components/Icon";
import { type FinderSource, type Found, matching } from "@/studio/lib/finding";
import { may, useMe } from "@/studio/lib/me";

function useFound(sources: readonly FinderSource[], enabled: boolean): { found: Found[]; loading: boolean } {
  const { studies } = useMe();
  const readable = studies.filter(({ role }) => may(role, "read"));
  const queries = readable.flatMap((study) => sources.map((source) => ({
    queryKey: ["finder", source.key, study.slug],
    queryFn: ({ signal }: { signal: AbortSignal }) => source.load(study, signal),
    enabled,
    staleTime: 30_000,
  })));
  const answers = useQueries({ queries });
  const own: Found[] = studies.map((study) => ({ id: `study-${study.slug}`, kind: "Study", title: study.title, to: `/studies/${study.slug}` }));
  return { found: [...own, ...answers.flatMap(({ data }) => data ?? [])], loading: answers.some(({ isLoading }) => isLoading) };
}

function Search({ sources, onDone }: { sources: readonly FinderSource[]; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { found, loading } = useFound(sources, true);
  const { history } = useRouter();
  const id = useId();
  const hits = matching(found, typed);

  const go = (hit: Found | undefined): void => {
    if (!hit) return;
    onDone();
    history.push(`/studio${hit.to}`);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") go(hits[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="finder-field">
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={hits[at] && `${id}-${at}`}
          aria-label="Find a study, value, comparison or run"
          placeholder="Find a study, value, comparison or run"
          value={typed}
          onChange={(event) => { setTyped(event.target.value); setAt(0); }}
          onKeyDown={press}
        />
      </div>
      <ul id={id} role="listbox" aria-label="Found" className="finder-list">
        {hits.map((hit, index) => (
          <li key={`${hit.kind}-${hit.id}`} id={`${id}-${index}`} role="option" aria-selected={index === at} onMouseMove={() => { setAt(index); }} onClick={() => { go(hit); }}>
            <span className="finder-title">{hit.title}</span>
            {hit.hint !== undefined && <span className="finder-hint">{hit.hint}</span>}
            <span className="finder-kind">{hit.kind}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="finder-none" role="status">{loading ? "Looking" : "Nothing by that name in your studies."}</p>}
    </>
  );
}

/** The button in the rail and the panel that it (or Ctrl+K) opens. */
export function Finder({ sources }: { sources: readonly FinderSource[] }) {
  const [opened, setOpened] = useState(false);
  useHotkeys([["mod+K", () => { setOpened(true); }]], []);
  return (
    <>
      <button type="button" className="finder-button" onClick={() => { setOpened(true); }} aria-keyshortcuts="Control+K">
        <Icon name="search" size={16} /><span>Find</span><kbd>Ctrl K</kbd>
      </button>
      <Modal opened={opened} onClose={() => { setOpened(false); }} withCloseButton={false} padding={0} size="36rem" yOffset="12vh" attributes={{ content: { "aria-label": "Find" } }}>
        <Search sources={sources} onDone={() => { setOpened(false); }} />
      </Modal>
    </>
  );
}
