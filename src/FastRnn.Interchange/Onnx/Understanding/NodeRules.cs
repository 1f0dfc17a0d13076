namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The operators that are understood where they act on data. All others are only evaluated, on numbers that depend on no
/// data.</summary>
internal static class NodeRules
{
    /// <summary>By the operator's name.</summary>
    public static IReadOnlyDictionary<string, NodeRule> Table { get; } = new Dictionary<string, NodeRule>(StringComparer.Ordinal)
    {
        ["Identity"] = ViewRules.Same,
        ["Dropout"] = ViewRules.Same,
        ["Cast"] = ViewRules.Cast,
        ["CastLike"] = ViewRules.Same,
        ["Expand"] = ViewRules.Expand,
        ["Transpose"] = ViewRules.Transpose,
        ["Reshape"] = ViewRules.Reshape,
        ["Flatten"] = ViewRules.Flatten,
        ["Squeeze"] = ViewRules.Squeeze,
        ["Unsqueeze"] = ViewRules.Unsqueeze,
        ["Slice"] = PickRules.Slice,
        ["Gather"] = PickRules.Gather,
        ["Split"] = PickRules.Split,
        ["Concat"] = ConcatRule.Apply,
        ["MatMul"] = DenseRules.MatMul,
        ["Gemm"] = DenseRules.Gemm,
        ["Add"] = ArithmeticRules.Add,
        ["Sum"] = ArithmeticRules.Add,
        ["Sub"] = ArithmeticRules.Subtract,
        ["Mul"] = ArithmeticRules.Multiply,
        ["Div"] = ArithmeticRules.Divide,
        ["Neg"] = ArithmeticRules.Negate,
        ["Softmax"] = FunctionRules.Softmax,
        ["LogSoftmax"] = FunctionRules.Softmax,
        ["ReduceMean"] = PoolRules.Reduce,
        ["ReduceMax"] = PoolRules.Reduce,
        ["Clip"] = FunctionRules.Clip,
        ["Sigmoid"] = FunctionRules.Apply,
        ["Tanh"] = FunctionRules.Apply,
        ["Relu"] = FunctionRules.Apply,
        ["LeakyRelu"] = FunctionRules.Apply,
        ["ThresholdedRelu"] = FunctionRules.Apply,
        ["HardSigmoid"] = FunctionRules.Apply,
        ["Elu"] = FunctionRules.Apply,
        ["Selu"] = FunctionRules.Apply,
        ["Softsign"] = FunctionRules.Apply,
        ["Softplus"] = FunctionRules.Apply,
        ["Exp"] = FunctionRules.Apply,
        ["RNN"] = RecurrentRule.Apply,
        ["LSTM"] = RecurrentRule.Apply,
        ["GRU"] = RecurrentRule.Apply,
        [UnrolledRnn.Operator] = UnrolledRule.Apply,
    };
}
