using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

public sealed class StructuredGradientTests : StructuredGradientTests<CoreModels>;
