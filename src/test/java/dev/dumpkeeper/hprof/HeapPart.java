package dev.dumpkeeper.hprof;

import java.io.ByteArrayOutputStream;

/**
 * Builds a part of a heap by hand, object by object.
 */
final class HeapPart {

	static final int OBJECT = 2;

	static final int BYTE = 8;

	static final int INT = 10;

	static final int LONG = 11;

	private final int identifierSize;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	HeapPart(int identifierSize) {
		this.identifierSize = identifierSize;
	}

	HeapPart u1(int value) {
		this.bytes.write(value);
		return this;
	}

	HeapPart u2(int value) {
		return u1(value >> 8).u1(value);
	}

	HeapPart u4(long value) {
		return u2((int) (value >> 16)).u2((int) value);
	}

	HeapPart id(long value) {
		return (this.identifierSize == 8) ? u4(value >> 32).u4(value) : u4(value);
	}

	HeapPart raw(byte[] raw) {
		this.bytes.writeBytes(raw);
		return this;
	}

	/**
	 * A class whose fields are of these types, with one constant and one static field.
	 */
	HeapPart defined(long id, long superId, long loaderId, int... types) {
		u1(0x20).id(id).u4(0).id(superId).id(loaderId).id(0).id(0).id(0).id(0).u4(0);
		u2(1).u2(7).u1(LONG).u4(1).u4(2);
		u2(1).id(99).u1(OBJECT).id(4711);
		u2(types.length);
		for (int type : types) {
			id(98).u1(type);
		}
		return this;
	}

	HeapPart instance(long id, long classId, int length) {
		return u1(0x21).id(id).u4(0).id(classId).u4(length).raw(new byte[length]);
	}

	HeapPart objects(long id, long classId, int length) {
		return u1(0x22).id(id).u4(0).u4(length).id(classId).raw(new byte[length * this.identifierSize]);
	}

	HeapPart array(long id, int type, int length, byte[] content) {
		return arrayHead(id, type, length).raw(content);
	}

	HeapPart arrayHead(long id, int type, long length) {
		return u1(0x23).id(id).u4(0).u4(length).u1(type);
	}

	HeapPart text(long id, String text) {
		return array(id, BYTE, text.length(), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
	}

	/** One root of every kind; one of them is a thread. */
	HeapPart roots() {
		return u1(0xFF).id(1)
			.u1(1)
			.id(1)
			.id(2)
			.u1(2)
			.id(1)
			.u4(0)
			.u4(0)
			.u1(3)
			.id(1)
			.u4(0)
			.u4(0)
			.u1(4)
			.id(1)
			.u4(0)
			.u1(5)
			.id(1)
			.u1(6)
			.id(1)
			.u4(0)
			.u1(7)
			.id(1)
			.thread();
	}

	HeapPart thread() {
		return u1(8).id(1).u4(0).u4(0);
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

}
