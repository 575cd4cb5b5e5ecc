/** `reference[:profile]`: the reference in this process. */
import type { Open } from './kinds.js';
import { reference, referenceProfiles } from './reference.js';

/** @throws HarnessError `E_PROFILE` for a profile that it doesn't have */
export const open: Open = async (profile) => {
  if (profile !== '') await (await reference(profile)).close();
  const own = profile === '' ? referenceProfiles : [profile];
  return {
    profiles: async (asked = own) => own.filter((name) => asked.includes(name)),
    factory: reference,
    close: async () => undefined,
  };
};
