namespace FastRnn.Benchmarks.Learning;

/// <summary>What was learned by a step.</summary>
/// <param name="Step">Steps so far.</param>
/// <param name="ValidationLoss">Nats a character.</param>
/// <param name="Seconds">Of training so far, without validation.</param>
/// <param name="ReferenceLoss">What PyTorch's run reached at this step, where it was written down.</param>
internal sealed record LearningPoint(int Step, double ValidationLoss, double Seconds, double? ReferenceLoss);
