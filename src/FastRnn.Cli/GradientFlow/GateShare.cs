namespace FastRnn.Cli.GradientFlow;

/// <summary>How much of a gate is saturated.</summary>
/// <param name="Layer">The layer's index.</param>
/// <param name="Name">The gate's.</param>
/// <param name="Function">What made it.</param>
/// <param name="Low">The share that is shut, 0 to 1.</param>
/// <param name="High">The share that is open, 0 to 1.</param>
/// <param name="Mean">Of all values.</param>
/// <param name="DeadUnits">Units that are shut all the time.</param>
internal sealed record GateShare(int Layer, string Name, string Function, double Low, double High, double Mean, int DeadUnits);
