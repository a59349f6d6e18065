/** Quiet shapes of what is about to stand there; never a blank. */
import { Skeleton } from "@mantine/core";

const rows = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function Loading({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-busy="true" className="skeletons">
      <span className="visually-hidden">{what}</span>
      {children}
    </div>
  );
}

/** A page: title, line, block. */
export function PageSkeleton() {
  return (
    <Loading what="Loading the page">
      <Skeleton height="1rem" width="12rem" />
      <Skeleton height="2.25rem" width="24rem" maw="100%" mt="sm" />
      <Skeleton height="20rem" mt="xl" />
    </Loading>
  );
}

/** A table of so many rows. */
export function TableSkeleton({ count = 6 }: { count?: number }) {
  return (
    <Loading what="Loading the rows">
      {rows(count).map((row) => <Skeleton key={row} height="2.5rem" mt="xs" />)}
    </Loading>
  );
}

/** A figure. */
export function FigureSkeleton({ height = "22rem" }: { height?: string }) {
  return <Loading what="Loading the figure"><Skeleton height={height} /></Loading>;
}

/** Some values cards. */
export function CardsSkeleton({ count = 3 }: { count?: number }) {
  return (
    <Loading what="Loading the cards">
      <div className="card-grid">{rows(count).map((card) => <Skeleton key={card} height="13rem" />)}</div>
    </Loading>
  );
}
