package dev.dumpkeeper.retention;

import dev.dumpkeeper.gateway.ObjectKey;

/**
 * A directory relative to a volume, such as {@code dumpfiles} or {@code a/dumps}.
 *
 * @param value without a leading or trailing slash; never the volume itself
 */
record DirectoryPath(String value) {

	DirectoryPath {
		if (value.isEmpty() || value.endsWith("/") || ObjectKey.parse(value).isEmpty()) {
			throw new IllegalArgumentException(
					"not a directory below the volume, such as dumpfiles or a/dumps, without slashes around it");
		}
		if (value.indexOf('*') >= 0 || value.indexOf('?') >= 0) {
			throw new IllegalArgumentException("a directory is named without a wildcard");
		}
	}

	String prefix() {
		return this.value + "/";
	}

	@Override
	public String toString() {
		return this.value;
	}

}
