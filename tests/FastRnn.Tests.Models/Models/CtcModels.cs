using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>Outputs are what is read, if the matrix is the identity.</summary>
[Model, Input(Classes), Dense(Classes), Ctc]
internal sealed partial class CtcSum
{
    public const int Classes = 6;
}

[Model, Input(CtcSum.Classes), Dense(CtcSum.Classes), Ctc(ZeroInfinity = true, Reduction = Reduction.Mean)]
internal sealed partial class CtcMean;

[Model, Input(3), Layer<Gru>(5, Bidirectional = true), Dense(4), Ctc]
internal sealed partial class CtcReader;
