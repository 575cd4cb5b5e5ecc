/** The sample drivers, which differ from era to era in what they depend on. Source: samples/Kconfig */
import type { KconfigFile } from '../parse.js';

const samples = (name: string, mdev: string, frame_buffer: string): KconfigFile => ({
  name,
  text: `if SAMPLES
config SAMPLE_VFIO_MDEV_MTTY
	tristate "a serial port"
${mdev}config SAMPLE_VFIO_MDEV_MDPY
	tristate "a display"
${mdev}config SAMPLE_VFIO_MDEV_MDPY_FB
	tristate "a frame buffer driver for that display's guest"
	depends on ${frame_buffer}
config SAMPLE_VFIO_MDEV_MBOCHS
	tristate "a display with more to it"
${mdev}	select DMA_SHARED_BUFFER
endif
`,
});

const on = (what: string): string => `	depends on ${what}\n`;

/** Source: samples/Kconfig, 5.13 */
export const samples_5_13 = samples('samples-5.13.kconfig', on('VFIO_MDEV_DEVICE && m'), 'FB && m');

/** Source: seed 004, patch 01; samples/Kconfig, 6.1 */
export const samples_series_01 = samples(
  'samples-series-01.kconfig',
  on('VFIO_MDEV && m'),
  'FB && m',
);

/** Source: seed 004, cover letter, changes since v1, which had dropped `&& m` */
export const samples_series_01_v1 = samples(
  'samples-series-01-v1.kconfig',
  on('VFIO_MDEV'),
  'FB && m',
);

/** Source: samples/Kconfig, 6.12 */
export const samples_6_12 = samples(
  'samples-6.12.kconfig',
  `${on('VFIO')}	select VFIO_MDEV\n`,
  'FB',
);
