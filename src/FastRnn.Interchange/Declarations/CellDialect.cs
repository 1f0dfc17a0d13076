using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>What decides the equations of a recurrent layer: layers of equal dialects share a cell.</summary>
internal sealed record CellDialect(
    RecurrentKind Kind,
    FunctionUse Gate,
    FunctionUse Candidate,
    FunctionUse Output,
    double? Clip,
    bool Couples,
    bool ResetsAfter,
    bool HasBias,
    bool HasPeepholes,
    bool HasProjection)
{
    /// <summary>The dialect of one direction; two directions of a layer have to agree.</summary>
    public static CellDialect Of(RecurrentLayer layer, RecurrentDirection direction)
    {
        var isLstm = layer.Kind == RecurrentKind.Lstm;
        return new(
            layer.Kind,
            direction.GateFunction,
            layer.Kind == RecurrentKind.Rnn ? FunctionUse.Tanh : direction.CandidateFunction,
            isLstm ? direction.OutputFunction : FunctionUse.Tanh,
            layer.Clip,
            isLstm && layer.CouplesInputAndForget,
            layer.Kind == RecurrentKind.Gru && layer.ResetsAfterProduct,
            direction.Gates.Any(g => g.InputBias.Count + g.RecurrentBias.Count > 0),
            direction.Gates.Any(g => g.Peephole is not null),
            direction.Projection is not null);
    }

    /// <summary>The library's cell of this dialect, or null.</summary>
    public string? BuiltIn => this switch
    {
        { Clip: not null } => null,
        {
            Kind: RecurrentKind.Lstm, Gate.Kind: FunctionKind.Sigmoid, Candidate.Kind: FunctionKind.Tanh, Output.Kind: FunctionKind.Tanh,
            Couples: false, HasBias: true
        } => (HasPeepholes, HasProjection) switch
        {
            (false, false) => "Lstm",
            (true, false) => "PeepholeLstm",
            (false, true) => "ProjectedLstm",
            _ => null,
        },
        { Kind: RecurrentKind.Gru, Gate.Kind: FunctionKind.Sigmoid, Candidate.Kind: FunctionKind.Tanh, HasBias: true } =>
            ResetsAfter ? "Gru" : "GruResetBefore",
        { Kind: RecurrentKind.Rnn, HasProjection: false } => (Gate.Kind, HasBias) switch
        {
            (FunctionKind.Tanh, true) => "Elman",
            (FunctionKind.Tanh, false) => "ElmanBiasFree",
            (FunctionKind.Relu, true) => "ElmanRelu",
            (FunctionKind.Sigmoid, true) => "ElmanSigmoid",
            _ => null,
        },
        _ => null,
    };

    /// <summary>A word for a cell of this dialect, for its class.</summary>
    public string Word => (Clip is null ? "" : "Clipped") + (Couples ? "Coupled" : "") + (HasPeepholes ? "Peephole" : "")
        + (HasProjection ? "Projected" : "") + (HasBias ? "" : "BiasFree") + Kind switch
        {
            RecurrentKind.Lstm => "Lstm",
            RecurrentKind.Gru => "Gru",
            _ => "Rnn",
        };
}
