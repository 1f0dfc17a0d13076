namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Random declarations from fixed seeds: the generator emits code that compiles, or it or C# says what is wrong, where it is
/// wrong.</summary>
public class FuzzTests
{
    [Fact]
    public void Cells_that_are_right_all_become_code()
    {
        var random = new Random(1);

        var batch = new FuzzBatch(Enumerable.Range(0, 300).Select(_ => RandomCell.Write(random, "C").Text));

        batch.CheckAllRight();
    }

    [Fact]
    public void Cells_that_are_nearly_right_become_code_or_a_diagnostic()
    {
        var random = new Random(2);

        var batch = new FuzzBatch(Enumerable.Range(0, 500).Select(_ => Mutation.Apply(random, RandomCell.Write(random, "C").Text)));

        Assert.InRange(batch.Check(), 7, 333);
    }

    [Fact]
    public void Models_that_are_right_all_become_code()
    {
        var random = new Random(3);

        var batch = new FuzzBatch(Enumerable.Range(0, 20).Select(_ => CellAndModel(random)));

        batch.CheckAllRight();
    }

    [Fact]
    public void Models_that_are_nearly_right_become_code_or_a_diagnostic()
    {
        var random = new Random(4);

        var batch = new FuzzBatch(Enumerable.Range(0, 300).Select(i =>
        {
            var (text, own) = RandomCell.Write(random, "C");
            return text + (i % 2 == 0
                ? Mutation.Apply(random, Mutation.Apply(random, RandomModel.Write(random, "M", ("C", own))))
                : RandomModel.WriteNonsense(random, "M", ("C", own)));
        }));

        batch.Check();
    }

    [Fact]
    public void Garbage_is_no_reason_to_fail()
    {
        var random = new Random(5);

        var batch = new FuzzBatch(Enumerable.Range(0, 300).Select(_ =>
        {
            var text = CellAndModel(random);
            for (var i = 0; i < 8; i++)
            {
                text = Mutation.Apply(random, text);
            }

            return text;
        }));

        batch.Check();
    }

    private static string CellAndModel(Random random)
    {
        var (text, own) = RandomCell.Write(random, "C");
        return text + RandomModel.Write(random, "M", ("C", own));
    }
}
