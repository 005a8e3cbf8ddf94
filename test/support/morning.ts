/** The time of the day at which tests on local chains begin [s]. */
const MORNING = 8 * 3_600;

/** How long it is to the next morning [s]: from there no test runs over midnight by chance, or shortly before it. */
export const untilMorning = (timestamp: number): number => 86_400 - (timestamp % 86_400) + MORNING;
