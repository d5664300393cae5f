/**
 * Terraces under a morning sun, for the foot of the front's head. In the page itself, not a file of
 * its own: as a file it was the last thing to come on a slow line, and the largest.
 */
export function HeroDrawing() {
  return (
    <svg aria-hidden="true" viewBox="0 0 1200 360" preserveAspectRatio="xMaxYMax slice">
      <circle cx="930" cy="196" r="56" fill="#f4a24c" />
      <circle cx="930" cy="196" r="88" fill="#f4a24c" opacity=".18" />
      <path
        fill="#d7e2c8"
        d="M0 282c120-36 220-42 330-18 90-34 190-48 300-22 110-52 220-62 320-8 90-44 170-50 250-30v156H0z"
      />
      <path
        fill="#b9d1a8"
        d="M0 304c160-34 300-30 440-8 130-42 260-48 390-12 130-44 250-44 370-16v92H0z"
      />
      <path fill="#8fb57f" d="M560 334c120-46 240-62 360-46 110-20 200-14 280 4v68H560z" />
      <g fill="none" stroke="#6f9c63" strokeWidth="3" opacity=".75">
        <path d="M650 324c110-30 200-38 290-30 100-14 180-10 260 4M690 340c110-26 190-32 270-24 90-10 160-8 240 4M620 354c120-14 220-18 320-10 90-6 170-4 260 4" />
      </g>
      <path fill="#a9c795" d="M0 334c140-28 300-28 480-6 80-6 150-4 220 32H0z" />
      <g fill="none" stroke="#86ab74" strokeWidth="3" opacity=".7">
        <path d="M0 345c140-18 290-18 460-3M0 356c150-10 320-10 520 0" />
      </g>
      <g transform="translate(1064 246)">
        <path fill="#7a4a2b" d="M0 14h34v22H0z" />
        <path fill="#b8430f" d="M-6 16 17-4l23 20z" />
        <path fill="#fdeccb" d="M13 22h8v14h-8z" />
      </g>
      <g fill="#4d7d45">
        <circle cx="1022" cy="266" r="13" />
        <circle cx="1036" cy="274" r="10" />
        <circle cx="1118" cy="272" r="12" />
        <circle cx="770" cy="284" r="9" />
        <circle cx="784" cy="288" r="7" />
      </g>
    </svg>
  );
}
