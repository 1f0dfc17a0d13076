namespace FastRnn.Execution;

/// <summary>What a <see cref="RecordedRun"/> has besides its passes.</summary>
/// <param name="Boundaries">Boundaries of its <see cref="StateStore"/>.</param>
/// <param name="InputGradient">Whether the gradient of the input is wanted, and not only that of an embedding.</param>
/// <param name="KeepsStateGradients">Whether the gradient of every state after every step is kept.</param>
internal readonly record struct RecordedNeeds(int Boundaries, bool InputGradient = false, bool KeepsStateGradients = false);
