import com.sun.management.HotSpotDiagnosticMXBean;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fills its heap with so many MB of small and middle-sized things and dumps it to a file. */
public final class Filler {

	static class Order {

		final long number;

		final int count;

		final String name;

		final Order next;

		Order(long number, Order next) {
			this.number = number;
			this.count = (int) number;
			this.name = "order-" + number % 5000;
			this.next = next;
		}

	}

	public static void main(String[] arguments) throws Exception {
		long most = Long.parseLong(arguments[0]) * 1_000_000;
		List<Object> held = new ArrayList<>();
		Map<Long, Order> orders = new HashMap<>();
		Random random = new Random(1);
		Order last = null;
		for (long i = 0, taken = 0; taken < most; i++) {
			last = new Order(i, last);
			orders.put(i, last);
			taken += 200;
			if (i % 10 == 0) {
				int length = random.nextInt(40);
				held.add(new int[length]);
				taken += 16 + 4 * length;
			}
			if (i % 100 == 0) {
				int length = random.nextInt(20_000);
				byte[] bytes = new byte[length];
				random.nextBytes(bytes);
				held.add(bytes);
				taken += length;
			}
		}
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[1], true);
		System.out.println(held.size() + orders.size());
	}

}
