package dev.dumpkeeper.hprof;

import java.util.List;
import java.util.Random;

/**
 * A small heap with something of everything, in the layouts that JVMs write.
 */
final class SampleHeap {

	static final long OBJECT = 0x10;

	static final long LOADER = 0x20;

	static final long APP_LOADER = 0x30;

	static final long ORDER = 0x40;

	static final long ORDERS = 0x50;

	static final long STRING = 0x60;

	/** 12 instances, 5 of them arrays. */
	static final int INSTANCES = 12;

	private SampleHeap() {
	}

	static HprofFile names(String version, int identifierSize) {
		return HprofFile.empty(version, identifierSize)
			.loaded(identifierSize, OBJECT, "java/lang/Object")
			.loaded(identifierSize, LOADER, "java/lang/ClassLoader")
			.loaded(identifierSize, APP_LOADER, "com/acme/AppLoader")
			.loaded(identifierSize, ORDER, "com/acme/Order")
			.loaded(identifierSize, ORDERS, "[Lcom/acme/Order;")
			.loaded(identifierSize, STRING, "java/lang/String")
			.record(0x04, new byte[8 + 4 * identifierSize])
			.record(0x05, new byte[12 + identifierSize]);
	}

	static HeapPart classes(int identifierSize) {
		return new HeapPart(identifierSize).roots()
			.defined(OBJECT, 0, 0)
			.defined(LOADER, OBJECT, 0, HeapPart.OBJECT)
			.defined(APP_LOADER, LOADER, 0, HeapPart.INT)
			.defined(ORDER, OBJECT, 0x1000, HeapPart.OBJECT, HeapPart.LONG)
			.defined(ORDERS, OBJECT, 0x1000)
			.defined(STRING, OBJECT, 0, HeapPart.OBJECT, HeapPart.INT);
	}

	static HeapPart objects(int identifierSize) {
		HeapPart part = new HeapPart(identifierSize).instance(0x1000, APP_LOADER, identifierSize + 4)
			.objects(0x1100, ORDERS, 5);
		for (int i = 0; i < 4; i++) {
			part.instance(0x2000 + 0x10 * i, ORDER, identifierSize + 8);
		}
		part.instance(0x3000, STRING, identifierSize + 4).instance(0x3100, STRING, identifierSize + 4);
		return part.text(0x3010, "a value that is here twice")
			.text(0x3110, "a value that is here twice")
			.array(0x4000, HeapPart.INT, 3, new byte[12])
			.array(0x5000, HeapPart.BYTE, 0, new byte[0]);
	}

	/** As HotSpot writes it today. */
	static byte[] segments(int identifierSize) {
		return names("1.0.2", identifierSize).record(0x1C, classes(identifierSize).bytes())
			.record(0x1C, objects(identifierSize).bytes())
			.end()
			.bytes();
	}

	/** As old JVMs write it. */
	static byte[] oneRecord(int identifierSize) {
		return names("1.0.1", identifierSize)
			.record(0x0C, classes(identifierSize).raw(objects(identifierSize).bytes()).bytes())
			.bytes();
	}

	/** With so much more in it. */
	static byte[] big(int identifierSize, int objects) {
		Random random = new Random(objects);
		HeapPart part = new HeapPart(identifierSize);
		for (int i = 0; i < objects; i++) {
			switch (random.nextInt(4)) {
				case 0 -> part.instance(0x9000 + i, ORDER, identifierSize + 8);
				case 1 -> part.objects(0x9000 + i, ORDERS, random.nextInt(20));
				case 2 -> part.text(0x9000 + i, "value " + random.nextInt(50));
				default -> part.array(0x9000 + i, HeapPart.LONG, 4, new byte[32]);
			}
		}
		return names("1.0.2", identifierSize).record(0x1C, classes(identifierSize).bytes())
			.record(0x1C, objects(identifierSize).bytes())
			.record(0x1C, part.bytes())
			.end()
			.bytes();
	}

	/** One of each kind, plain and compressed. */
	static List<byte[]> all() {
		byte[] segments = segments(8);
		byte[] narrow = segments(4);
		byte[] one = oneRecord(8);
		byte[] old = oneRecord(4);
		byte[] big = big(8, 300);
		byte[] unfilled = names("1.0.1", 4).record(0x0C, 0, classes(4).raw(objects(4).bytes()).bytes()).bytes();
		return List.of(segments, narrow, one, old, big, big(4, 200), unfilled, HprofFile.gzip(segments),
				HprofFile.gzip(old), HprofFile.gzip(big), HprofFile.gzipLikeHotspot(big, 6, 1000, big.length - 9),
				HprofFile.gzipLikeHotspot(segments, 0, 500, segments.length - 9));
	}

}
