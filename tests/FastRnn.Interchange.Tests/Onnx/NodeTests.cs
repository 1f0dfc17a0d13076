using FastRnn.Interchange.Onnx;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>ONNX's own tests of operators.</summary>
public sealed class NodeTests
{
    [NodeTestFact]
    public void All_of_recurrent_operators_pass()
    {
        string[] names = [.. NodeTestData.Names.Where(NodeTestData.IsRecurrent)];
        Assert.True(names.Length >= 12, $"only {names.Length} tests of recurrent operators in {NodeTestData.Folder}");
        Assert.All(names, name => Assert.Null(NodeTestData.Run(name)));
    }

    [NodeTestFact]
    public void All_of_known_operators_pass()
    {
        var failures = new List<string>();
        var run = 0;
        foreach (var name in NodeTestData.Names.Where(name => !NodeTestData.IsOutside(name)))
        {
            try
            {
                var model = OnnxModel.Read(Path.Combine(NodeTestData.Folder!, name, "model.onnx"));
                if (model.Problems.Count > 0 || model.Nodes.Any(node => !OnnxOperators.Knows(node.Operator)))
                    continue;
                run++;
                if (NodeTestData.Run(name) is { } failure)
                    failures.Add(failure);
            }
            catch (ForeignFileException e)
            {
                failures.Add($"{name}: {e.Message}");
            }
        }

        Assert.True(run > 0, $"no tests of known operators in {NodeTestData.Folder}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {run}:\n{string.Join('\n', failures)}");
    }
}
