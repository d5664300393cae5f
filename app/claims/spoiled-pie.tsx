/** A round of which so much is dark: how much is spoiled, for whoever reads little. */
export function SpoiledPie({ percent }: { percent: number }) {
  return (
    <svg viewBox="0 0 32 32" width="44" height="44" aria-hidden="true" className="shrink-0">
      <circle cx="16" cy="16" r="15" fill="#e8f1e2" stroke="#2f6b3a" strokeWidth="2" />
      {percent > 0 && (
        <circle
          cx="16"
          cy="16"
          r="7"
          fill="none"
          stroke="#7a4a21"
          strokeWidth="14"
          pathLength="100"
          strokeDasharray={`${percent} 100`}
          transform="rotate(-90 16 16)"
        />
      )}
    </svg>
  );
}
