namespace FastRnn.CompilerServices;

/// <summary>A gate, or whatever else a squashing function made, where a recorded forward pass leaves it.</summary>
/// <param name="Name">The variable in <c>Step</c>; for a part of an expression the function with its argument, <c>Tanh(c)</c>.</param>
/// <param name="Function">Which function made it.</param>
/// <param name="Place"><see cref="OperandKind.Tape"/> or, for a new state, <see cref="OperandKind.State"/>.</param>
/// <param name="Index">The offset in a row of the tape, or the state's index.</param>
/// <param name="Size">Its length.</param>
public sealed record ActivationInfo(string Name, ActivationFunction Function, OperandKind Place, int Index, int Size);
