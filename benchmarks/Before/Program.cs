using System.Globalization;

using FastRnn.Before;

// The program of before.sh. groups: their names. measure GROUP: a line a row. report A B: from files of such lines.
switch (args)
{
    case ["groups"]:
        Console.WriteLine(string.Join('\n', Rows.All.Select(row => row.Group).Distinct()));
        return 0;
    case ["measure", var group]:
        foreach (var (name, least, median, allocated) in Rows.All.Where(row => row.Group == group).Select(Turn.Take))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{least:r}\t{median:r}\t{allocated}"));
        }

        return 0;
    case ["report", var before, var after]:
        Report.Write(Console.Out, Read(before), Read(after));
        return 0;
    default:
        Console.Error.WriteLine("expected: groups, measure GROUP or report A B");
        return 2;
}

static List<Turn> Read(string path) =>
[
    .. from line in File.ReadLines(path)
       let cells = line.Split('\t')
       select new Turn(
           cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture),
           long.Parse(cells[3], CultureInfo.InvariantCulture)),
];
