using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators of two or more tensors, element by element, with broadcasting.</summary>
internal static class BinaryOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Row("Add", (a, b) => a + b),
        Row("Sub", (a, b) => a - b),
        Row("Mul", (a, b) => a * b),
        Operator.One("Div", 2, 2, Divide),
        Operator.One("Pow", 2, 2, call => Broadcasting.Apply(call, call[0], call[1], call[0].Type, Math.Pow)),
        Comparison("Equal", (a, b) => a == b),
        Comparison("Less", (a, b) => a < b),
        Comparison("LessOrEqual", (a, b) => a <= b),
        Comparison("Greater", (a, b) => a > b),
        Comparison("GreaterOrEqual", (a, b) => a >= b),
        Logic("And", (a, b) => a && b),
        Logic("Or", (a, b) => a || b),
        Logic("Xor", (a, b) => a != b),
        Variadic("Sum", (a, b) => a + b),
        Variadic("Max", Math.Max),
        Variadic("Min", Math.Min),
        Operator.One("Mean", 1, Operator.Many, Mean),
        Operator.One("Where", 3, 3, Where),
    ];

    private static Operator Row(string name, Func<double, double, double> function) =>
        Operator.One(name, 2, 2, call => Apply(call, call[0], call[1], function));

    private static Operator Variadic(string name, Func<double, double, double> function) =>
        Operator.One(name, 1, Operator.Many, call => Fold(call, function));

    private static Operator Comparison(string name, Func<double, double, bool> function) =>
        Operator.One(name, 2, 2, call => Compare(call, function));

    private static Operator Logic(string name, Func<bool, bool, bool> function) => Operator.One(name, 2, 2, call =>
        call[0].Type == ElementType.Boolean
            ? Compare(call, (a, b) => function(a != 0, b != 0))
            : throw call.Wrong($"expected truth values, got {call[0].Type}"));

    private static Tensor Apply(NodeCall call, Tensor left, Tensor right, Func<double, double, double> function)
    {
        CheckTypes(call, left, right);
        return Broadcasting.Apply(call, left, right, left.Type, function);
    }

    private static Tensor Compare(NodeCall call, Func<double, double, bool> function)
    {
        CheckTypes(call, call[0], call[1]);
        return Broadcasting.Apply(call, call[0], call[1], ElementType.Boolean, (a, b) => function(a, b) ? 1 : 0);
    }

    private static Tensor Divide(NodeCall call)
    {
        if (!call[0].Type.IsFloating() && call[1].Values.Contains(0))
            throw call.Wrong("an integer is divided by 0");
        return Apply(call, call[0], call[1], (a, b) => a / b);
    }

    private static Tensor Fold(NodeCall call, Func<double, double, double> function)
    {
        var result = call[0];
        for (var i = 1; i < call.InputCount; i++)
            result = Apply(call, result, call[i], function);
        return result;
    }

    private static Tensor Mean(NodeCall call)
    {
        var sum = Fold(call, (a, b) => a + b);
        var mean = call.New(sum.Shape, sum.Type);
        for (var i = 0; i < mean.Count; i++)
            mean.Values[i] = sum.Values[i] / call.InputCount;
        return mean;
    }

    private static Tensor Where(NodeCall call)
    {
        CheckTypes(call, call[1], call[2]);
        if (call[0].Type != ElementType.Boolean)
            throw call.Wrong($"expected truth values, got {call[0].Type}");
        var shape = Broadcasting.Common(call, Broadcasting.Common(call, call[0].Shape, call[1].Shape), call[2].Shape);
        var (condition, yes, no) =
            (Broadcasting.To(call, call[0], shape), Broadcasting.To(call, call[1], shape), Broadcasting.To(call, call[2], shape));
        var result = call.New(shape, call[1].Type);
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = condition.Values[i] != 0 ? yes.Values[i] : no.Values[i];
        return result;
    }

    private static void CheckTypes(NodeCall call, Tensor left, Tensor right)
    {
        if (!Numbers.Agree(left.Type, right.Type))
            throw call.Wrong($"expected tensors of one type, got {left.Type} {left.ShapeText()} and {right.Type} {right.ShapeText()}");
    }
}
