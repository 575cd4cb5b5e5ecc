/** Days of the months: a date is checked for every golden that is read, and Date is slow. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `date` is a day of the calendar, YYYY-MM-DD. */
export function isDate(date: string): boolean {
  const [, year, month, day] = DATE.exec(date)?.map(Number) ?? [];
  if (year === undefined) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (DAYS[month! - 1] ?? 0);
  return day! >= 1 && day! <= last;
}
