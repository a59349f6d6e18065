/** A titled part of a page that loads on its own: skeleton, error, empty, or its content. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";

interface PartProps<Row> {
  title: string;
  query: UseQueryResult<Row[]>;
  empty: ReactNode;
  action?: ReactNode;
  children: (rows: Row[]) => ReactNode;
}

/** Draws the part in whichever state it is. */
export function Part<Row>({ title, query, empty, action, children }: PartProps<Row>) {
  const { data, isPending, error, refetch } = query;
  return (
    <section className="part" aria-label={title}>
      <header className="section-head"><h2>{title}</h2>{action}</header>
      {isPending && <TableSkeleton count={3} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (data.length === 0 ? <p className="note">{empty}</p> : children(data))}
    </section>
  );
}
