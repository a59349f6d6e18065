/** Votes one by one, newest first: the rows behind the numbers, without who cast them. */
import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { contextsQuery, type VoteRow, type VotesAsked, votesQuery, withdrawnText } from "@/studio/lib/votes";
import { useStudy } from "@/studio/shell/routes";
import { ErrorState } from "./ErrorState";

/** The five answers as a reader reads them. */
export const ANSWER_WORDS: Record<VoteRow["answer"], string> = {
  wiser: "wiser", not_wiser: "not wiser", unsure: "unsure", same: "the same value", not_about: "not about this",
};

interface VoteRowsProps {
  asked: VotesAsked;
  name: (id: number) => string;
  /** Say which step a vote is about, where the votes are about several. */
  withStep?: boolean;
}

function Row({ row, name, context, withStep }: { row: VoteRow; name: (id: number) => string; context?: string; withStep: boolean }) {
  return (
    <li className={row.simulated ? "vote-row simulated" : "vote-row"}>
      <p>
        <span className="badge">{ANSWER_WORDS[row.answer]}</span>
        {withStep && <> from {name(row.less_wise)} to {name(row.wiser)}</>}
        {context !== undefined && <span className="note"> · {context}</span>}
        {row.simulated && <span className="note"> · simulated</span>}
      </p>
      {row.reason !== "" && <blockquote className="vote-reason" dir="auto">{row.reason}</blockquote>}
    </li>
  );
}

/** Draws a page of votes, and a button for the next. */
export function VoteRows({ asked, name, withStep = false }: VoteRowsProps) {
  const { slug } = useStudy();
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(votesQuery(slug, asked));
  if (isPending) return <p className="note">The votes are being read.</p>;
  if (error) return <ErrorState error={error} />;
  const rows = data.pages.flatMap(({ votes }) => votes);
  const { total = 0, not_about: notAbout = 0, withdrawn = 0 } = data.pages[0] ?? {};
  const gone = withdrawn > 0 && <p className="note">{withdrawnText(withdrawn)}</p>;
  if (total === 0) return gone || <p className="note">No vote is of this kind.</p>;
  return (
    <>
      <p className="note">{rows.length === total ? `${count(total)} ${total === 1 ? "vote" : "votes"}` : `The newest ${count(rows.length)} of ${count(total)} votes`}{notAbout > 0 && asked.answer === undefined && `, ${count(notAbout)} of them “not about this”, which no ranking counts`}</p>
      {gone}
      <ol className="vote-rows">
        {rows.map((row) => <Row key={row.id} row={row} name={name} withStep={withStep} context={asked.context === undefined ? contexts.find(({ id }) => id === row.context_id)?.name : undefined} />)}
      </ol>
      {hasNextPage && <Button variant="default" size="compact-md" loading={isFetchingNextPage} onClick={() => { void fetchNextPage(); }}>Show more</Button>}
    </>
  );
}
