namespace FastRnn.Kernels;
internal static unsafe class Softmax { public static void Normalize(SimdWidth width, float* y, int size) { } }
