/** Six words to be read to each other. They are English in every language, because both have to see the same. */
export function SixWords({ words }: { words: readonly string[] }) {
  return (
    <p class="six-words mono" lang="en">
      {words.join(" ")}
    </p>
  );
}
