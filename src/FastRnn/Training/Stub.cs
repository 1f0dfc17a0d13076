namespace FastRnn.Training;
/// <summary>stub</summary>
public abstract class Optimizer;
/// <summary>stub</summary>
public sealed class Adam(float x) : Optimizer { internal float X { get; } = x; }
/// <summary>stub</summary>
public sealed class Trainer<T>(object m, TrainerOptions o) { internal object M { get; } = m; internal TrainerOptions O { get; } = o; }
