package dev.dumpkeeper.hprof;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages files.
 */
final class Mutations {

	private static final byte[] TAGS = { 0x01, 0x02, 0x0C, 0x1C, 0x2C, 0x20, 0x21, 0x22, 0x23, 0x08, (byte) 0xFF, 0x7F,
			(byte) 0x80 };

	private Mutations() {
	}

	/** Changes one to four places. */
	static byte[] mutate(byte[] original, Random random) {
		byte[] file = original.clone();
		for (int change = random.nextInt(4); change >= 0 && file.length > 0; change--) {
			int at = random.nextInt(file.length);
			int length = 1 + random.nextInt(Math.min(16, file.length - at));
			switch (random.nextInt(10)) {
				case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
				case 1 -> file[at] = (byte) random.nextInt(256);
				case 2 -> Arrays.fill(file, at, at + length, (byte) 0);
				case 3 -> Arrays.fill(file, at, at + length, (byte) 0xFF);
				case 4 -> file = Arrays.copyOf(file, at);
				case 5 -> file = Arrays.copyOf(file, file.length + random.nextInt(100));
				case 6 -> file = without(file, at, length);
				case 7 -> file[at] = TAGS[random.nextInt(TAGS.length)];
				case 8 -> number(file, at, random);
				default -> System.arraycopy(file, random.nextInt(file.length - length + 1), file, at, length);
			}
		}
		return file;
	}

	/** A length that is wrong by one, or by much. */
	private static void number(byte[] file, int at, Random random) {
		int number = switch (random.nextInt(4)) {
			case 0 -> Integer.MAX_VALUE;
			case 1 -> Integer.MIN_VALUE;
			case 2 -> random.nextInt(file.length);
			default -> -1 - random.nextInt(3);
		};
		for (int i = 0; i < 4 && at + i < file.length; i++) {
			file[at + i] = (byte) (number >> (24 - 8 * i));
		}
	}

	private static byte[] without(byte[] file, int at, int length) {
		byte[] shorter = new byte[file.length - length];
		System.arraycopy(file, 0, shorter, 0, at);
		System.arraycopy(file, at + length, shorter, at, shorter.length - at);
		return shorter;
	}

}
