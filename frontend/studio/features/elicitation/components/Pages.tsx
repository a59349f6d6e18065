/** The way through a list that comes in pages. */
import { Button, Group } from "@mantine/core";
import { count } from "@/lib/numbers";

/** Draws nothing where there is one page. */
export function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages < 2) return null;
  return (
    <Group gap="sm" component="nav" aria-label="Pages">
      <Button variant="default" disabled={page <= 1} onClick={() => { onPage(page - 1); }}>Before</Button>
      <span>Page {count(page)} of {count(pages)}</span>
      <Button variant="default" disabled={page >= pages} onClick={() => { onPage(page + 1); }}>Next</Button>
    </Group>
  );
}
