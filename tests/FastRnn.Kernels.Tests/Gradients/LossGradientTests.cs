using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

public sealed class LossGradientTests : LossGradientTests<CoreModels>;
