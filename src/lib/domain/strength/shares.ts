/** Where strong begins and weak ends. */

/** Who can solve so many of the medium exercises, unaided and without luck, is strong; */
export const strongShare = 0.8;
/** who can solve fewer than this is weak; in between is shaky. */
export const weakShare = 0.5;
