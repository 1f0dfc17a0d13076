using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>One fused kernel: accumulators over operands, then the epilogue.</summary>
/// <param name="Name">The emitted methods' stem, such as <c>Forward0</c>.</param>
/// <param name="Title">One line for the reader.</param>
/// <param name="Units">Units of the outputs.</param>
/// <param name="PaddedUnits">Floats of a row of them.</param>
/// <param name="Accumulators">Their variables' names.</param>
/// <param name="Biases">For each accumulator the vector at the panel's head with which it starts, or -1 for zero.</param>
/// <param name="Head">The vectors at the panel's head: sums of vector parameters, by offset.</param>
/// <param name="Reductions">Sums along whole rows that are made before anything else.</param>
/// <param name="Uniform">What is made of such sums alone, once for a row.</param>
/// <param name="Operands">What is multiplied, in the order of accumulation.</param>
/// <param name="OperandsOfNextStep">Whether the operands are those of step t + 1, of which the last step has none.</param>
/// <param name="Epilogue">What follows when the accumulators of a row are finished.</param>
/// <param name="Finish">Backward, after step 0: what makes the gradients of the initial states. Empty otherwise.</param>
/// <param name="Tiles">The tile for 128, 256 and 512 bits.</param>
internal sealed record KernelPlan(
    string Name,
    string Title,
    int Units,
    int PaddedUnits,
    EquatableArray<string> Accumulators,
    EquatableArray<int> Biases,
    EquatableArray<EquatableArray<int>> Head,
    EquatableArray<ReductionPlan> Reductions,
    EquatableArray<Statement> Uniform,
    EquatableArray<OperandPlan> Operands,
    bool OperandsOfNextStep,
    EquatableArray<Statement> Epilogue,
    EquatableArray<Statement> Finish,
    EquatableArray<TilePlan> Tiles)
{
    /// <summary>Backward: the rows that are asked for before a tile's sums are made. Empty if there are none.</summary>
    public EquatableArray<Slot> Fetched { get; init; } = EquatableArray<Slot>.Empty;

    /// <summary>The sums that are made for many steps of a single row at once, before its recurrence: a kernel over the same panels. Null
    /// if there are none.</summary>
    public KernelPlan? Hoisted { get; init; }

    /// <summary>Floats of a step's hoisted sums, in the order in which the kernel for a row reads them.</summary>
    public long HoistFloats(TilePlan tile) =>
        Hoisted is { } part ? (long)tile.Count(part.Units) * part.Accumulators.Count * tile.Units : 0;

    /// <summary>With int8 weights an operand says in a word of 64 bits which accumulators it multiplies.</summary>
    public const int MostInt8Accumulators = 64;

    /// <summary>Whether there is a form for int8 weights. The runtime knows by the panel's table.</summary>
    public bool HasInt8 => Accumulators.Count <= MostInt8Accumulators;

    /// <summary>Vectors of one block of a tile's panel: the head, then one for each weight of a unit.</summary>
    public int TileVectors => Head.Count + Operands.Sum(o => o.Length * o.Terms.Count);

    /// <summary>The same for a bfloat16 panel.</summary>
    public int PairedTileVectors => Head.Count + Operands.Sum(o => o.PairedLength * o.Terms.Count);

    /// <summary>Whether there is something to compute once for a row.</summary>
    public bool HasRowNumbers => Reductions.Count + Uniform.Count > 0;

    /// <summary>Whether there is a form for bfloat16 weights.</summary>
    public bool IsPaired => Operands.Any(o => o.IsPaired);

    /// <summary>Numbers that a step multiplies.</summary>
    public long Weights => (long)Units * Operands.Sum(o => o.Length * o.Terms.Count);

    /// <summary>Floats of a tile's panel.</summary>
    public int TileFloats(TilePlan tile, bool bfloat16) => (bfloat16 ? PairedTileVectors : TileVectors) * tile.Units;

    /// <summary>Floats of all panels.</summary>
    public long Floats(TilePlan tile, bool bfloat16) => (long)tile.Count(Units) * TileFloats(tile, bfloat16);

    /// <summary>The stem of an accumulator's variables: its own name, unless two have the same.</summary>
    public string AccumulatorName(int accumulator) => Stem(Accumulators, accumulator);

    /// <summary>What the equations call a finished accumulator.</summary>
    public string SumName(int accumulator) => SumName(Accumulators, accumulator);

    /// <inheritdoc cref="SumName(int)"/>
    public static string SumName(IReadOnlyList<string> accumulators, int accumulator) => Stem(accumulators, accumulator) + "Sum";

    private static string Stem(IReadOnlyList<string> accumulators, int accumulator)
    {
        var name = accumulators[accumulator];
        var isClear = !name.Contains("_") && accumulators.Count(n => n == name) == 1;
        return isClear ? name : "sum" + accumulator.ToString(System.Globalization.CultureInfo.InvariantCulture) + name;
    }
}

/// <summary>The sum or mean of a vector in memory, of so many elements, which becomes one number for all units.</summary>
internal sealed record ReductionPlan(Operation Operation, Slot Source, int Length, Slot Target, string Comment);

/// <summary>An operand: a vector in memory that some of the accumulators multiply.</summary>
/// <param name="Source">Where it is.</param>
/// <param name="Length">Its length.</param>
/// <param name="Terms">The weights.</param>
/// <param name="Comment">The products in the words of the equations.</param>
/// <param name="IsToken">Whether it is a one-hot vector, given by its token.</param>
/// <param name="Chains">Into how many chains of equal length (the last may be a little longer) its elements are cut: the first
/// continues the sums so far, the others begin at zero, and are added in order when all operands are done. See
/// <see cref="ChainPolicy"/>.</param>
/// <param name="IsPaired">Forward: whether bfloat16 weights are stored two in a word. See <see cref="PairingPolicy"/>.</param>
internal sealed record OperandPlan(
    Slot Source, int Length, EquatableArray<OperandTerm> Terms, string Comment, bool IsToken, int Chains = 1, bool IsPaired = false)
{
    /// <summary>Elements of a chain, but for the last.</summary>
    public int ChainLength => Length / Chains;

    /// <summary>Words of a unit's weights in a bfloat16 panel.</summary>
    public int PairedLength => IsPaired ? (Length + 1) / 2 : Length;
}

/// <summary>The weight of unit u and element k stands at <c>Source + u UnitStride + k Stride</c> among the layer's parameters.</summary>
internal sealed record OperandTerm(int Accumulator, int Source, int UnitStride, int Stride);

/// <summary>What stays in registers over the K loop.</summary>
/// <param name="Lanes">Floats of a vector.</param>
/// <param name="UnitBlocks">Vectors of units of each accumulator.</param>
/// <param name="Rows">Rows of the batch, largest tile first; the last is 1.</param>
/// <param name="RowTiles">For a single row: tiles whose sums are made together.</param>
internal sealed record TilePlan(int Lanes, int UnitBlocks, EquatableArray<int> Rows, int RowTiles)
{
    /// <summary>The form of the sums that the runtime's tiles make; null if tiles are emitted, or nothing is summed.</summary>
    public ProductForm? Product { get; init; }

    /// <summary>The form for a single row, a stream; null if there is none.</summary>
    public RowForm? Row { get; init; }

    /// <summary>Whether the equations after the sums are inlined where sums are finished, or called.</summary>
    public bool InlinesEpilogue { get; init; }

    /// <summary>The same of the gradients of initial states.</summary>
    public bool InlinesFinish { get; init; }

    /// <summary>Units of a tile.</summary>
    public int Units => Lanes * UnitBlocks;

    /// <summary>Tiles of a layer of so many units.</summary>
    public int Count(int units) => (units + Units - 1) / Units;

    /// <summary>For a single row: groups of tiles whose sums are made together. Workers that share the units of a row share
    /// these.</summary>
    public int Groups(int units) => (Count(units) + RowTiles - 1) / RowTiles;
}
