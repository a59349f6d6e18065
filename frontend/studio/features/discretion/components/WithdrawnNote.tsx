/** Says that an audit is older than a withdrawal. */

/** Draws the badge; nothing where nobody withdrew. */
export function WithdrawnNote({ people }: { people: number }) {
  if (people === 0) return null;
  const one = people === 1;
  return (
    <p className="badge is-warning withdrawal-badge" role="note">
      {one ? "One person" : `${people.toLocaleString()} people`} whose words principles of this audit were made of {one ? "has" : "have"} withdrawn since. The words are gone; the judgements by them are counted as before.
    </p>
  );
}
