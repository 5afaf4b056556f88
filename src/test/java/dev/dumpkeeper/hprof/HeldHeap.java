package dev.dumpkeeper.hprof;

/**
 * A heap that a static field holds but for a bit.
 */
public final class HeldHeap {

	/** What holds it. */
	public static final String HOLDER = "com.acme.OrderCache.INSTANCE";

	private static final long ORDER = 0x40;

	private static final long ORDERS = 0x50;

	private static final long CACHE = 0x60;

	private static final long INSTANCE = 0x70;

	private static final long ARRAY = 0x7_0000_0000L;

	private static final int STEP = 0x100;

	private HeldHeap() {
	}

	/**
	 * A cache of orders of 96 bytes each, and beside it an array of 64 bytes that nothing
	 * holds.
	 * @param orders how many
	 * @return the dump of 8 bytes an identifier
	 */
	public static byte[] cache(int orders) {
		HprofFile file = HprofFile.empty(8)
			.loaded(8, ORDER, "com/acme/Order")
			.loaded(8, ORDERS, "[Lcom/acme/Order;")
			.loaded(8, CACHE, "com/acme/OrderCache")
			.record(0x01, INSTANCE, "INSTANCE");
		HeapPart part = new HeapPart(8);
		begin(part, CACHE).u2(1).id(INSTANCE).u1(HeapPart.OBJECT).id(ARRAY).u2(0);
		begin(part, ORDER).u2(0).u2(1).id(INSTANCE).u1(HeapPart.OBJECT);
		long first = ARRAY + 0x1000 + 8L * orders;
		part.u1(0x22).id(ARRAY).u4(0).u4(orders).id(ORDERS);
		for (int i = 0; i < orders; i++) {
			part.id(first + (long) STEP * i);
		}
		for (int i = 0; i < orders; i++) {
			long order = first + (long) STEP * i;
			part.u1(0x21).id(order).u4(0).id(ORDER).u4(8).id(order + 0x20);
			part.array(order + 0x20, HeapPart.BYTE, 64, new byte[64]);
		}
		part.array(ARRAY - 0x100, HeapPart.LONG, 6, new byte[48]);
		return file.record(0x1C, part.bytes()).end().bytes();
	}

	private static HeapPart begin(HeapPart part, long id) {
		part.u1(0x20).id(id).u4(0);
		for (int i = 0; i < 6; i++) {
			part.id(0);
		}
		return part.u4(0).u2(0);
	}

}
