namespace FastRnn.Generators.Scheduling;

/// <summary>The kernel of a loss: walks over the elements of a position, and what is computed between them.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Outputs">Vectors of outputs that it reads.</param>
/// <param name="Count">The variable that holds the number of elements.</param>
/// <param name="Sums">Sums along vectors, in all walks.</param>
/// <param name="Walks">In order.</param>
/// <param name="Numbers">What is computed of numbers after the last walk.</param>
/// <param name="Loss">The loss.</param>
/// <param name="IsStatic">Whether the method with the equations is.</param>
internal sealed record LossPlan(
    PartialClass Class, int Outputs, string Count, int Sums, EquatableArray<LossWalk> Walks, EquatableArray<Statement> Numbers,
    Expression Loss, bool IsStatic);

/// <summary>A walk over all elements.</summary>
/// <param name="Numbers">What is computed of numbers before it.</param>
/// <param name="Reads">The vectors that it reads, by the variables that hold their pieces; the targets come after the outputs.</param>
/// <param name="Statements">What is computed of each piece.</param>
/// <param name="Sums">What is added up, each with the variable that holds the sum when the walk is over.</param>
/// <param name="Gradients">The gradients of the outputs; none but in one of the walks.</param>
internal sealed record LossWalk(
    EquatableArray<Statement> Numbers, EquatableArray<LossRead> Reads, EquatableArray<Statement> Statements, EquatableArray<LossSum> Sums,
    EquatableArray<Expression> Gradients);

/// <summary>A vector that a walk reads.</summary>
internal sealed record LossRead(int Vector, string Name);

/// <summary>A sum along a vector.</summary>
internal sealed record LossSum(int Index, string Name, Expression Value);
