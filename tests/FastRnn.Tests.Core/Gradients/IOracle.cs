namespace FastRnn.Tests.Gradients;

/// <summary>A loss in double precision as a function of numbers whose gradients are in question.</summary>
internal interface IOracle
{
    /// <summary>What can be changed: each parameter, the input, each initial state.</summary>
    List<(string Name, int Offset, int Count)> Tensors { get; }

    /// <summary>All numbers, one tensor after the other.</summary>
    double[] Point { get; }

    double Loss(double[] point);
}
