using FastRnn.Embedded.Measure;

namespace FastRnn.Embedded;

internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is ["measure", .. var words])
        {
            return MeasureCommand.Run(words, Console.Out);
        }

        using var session = new KeywordSpotter().CreateSession();
        var logits = new float[12];
        session.Step(new float[40], logits);
        Console.WriteLine(logits[0]);
        return 0;
    }
}
