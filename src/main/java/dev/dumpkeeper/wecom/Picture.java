package dev.dumpkeeper.wecom;

import java.util.Arrays;

/**
 * A picture for the group. It is sent after the texts of its message and never delays a
 * text.
 *
 * @param name for reports and never sent, 1 to 200 characters
 * @param png a PNG of at most {@value #MAX_BYTES} bytes, which is the robot's limit
 */
public record Picture(String name, byte[] png) implements Content {

	/** 2 MB, before it is encoded for the robot. */
	public static final int MAX_BYTES = 2 * 1024 * 1024;

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private static final int MAX_NAME_LENGTH = 200;

	public Picture {
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new IllegalArgumentException(
					"a picture's name has 1 to " + MAX_NAME_LENGTH + " characters, not " + name.length());
		}
		if (png.length > MAX_BYTES || png.length < SIGNATURE.length
				|| !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
			throw new IllegalArgumentException(
					name + " is not a PNG of at most " + MAX_BYTES + " bytes (" + png.length + " bytes)");
		}
	}

	@Override
	public String toString() {
		return "picture " + this.name + " of " + this.png.length + " bytes";
	}

}
