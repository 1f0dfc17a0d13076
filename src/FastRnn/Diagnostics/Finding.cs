namespace FastRnn.Diagnostics;

/// <summary>Where a step of training went wrong first: forwards in time for states and losses, backwards for gradients.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="Layer">The layer's index; -1 if it is about none.</param>
/// <param name="Name">The state's or the parameter's name; empty if there is none.</param>
/// <param name="Step">The step of the window: for a state and its gradient the number of steps after which it is that, as in
/// <see cref="Inspector{TModel}.GetState"/>; for inputs and losses the position, from 0. -1 for a parameter.</param>
/// <param name="Row">The row of the batch; -1 if it is about none, or all.</param>
/// <param name="Unit">The unit; for a parameter the index of the number; -1 if it is about none, or all.</param>
/// <param name="Value">The bad number, or the norm that is past its bound.</param>
public sealed record Finding(
    FindingKind Kind, string Message, int Layer = -1, string Name = "", int Step = -1, int Row = -1, int Unit = -1, double Value = 0);
