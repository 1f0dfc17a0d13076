using FastRnn.Tests.Models;

namespace FastRnn.Tests.Kernels;

public sealed class KernelBufferTests : KernelBufferTests<CoreModels>;
