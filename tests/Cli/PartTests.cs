using System.Security.Cryptography;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>Parts of one work on several machines, with the real codec and frames of 4 MiB, most of which are stored.</summary>
public sealed class PartTests : IDisposable
{
    private const int FrameLength = 4 << 20;
    private readonly TestHost _host = new();

    public PartTests()
    {
        _host.CodecFactory = settings => new NacrithCodec(
            new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false, Workers = settings.Workers });
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/8", 3, 8)]
    [InlineData("08/8", 8, 8)]
    public void A_part_has_a_number_and_a_count(string text, int number, int count) =>
        Assert.Equal(new PartOfWhole(number, count), PartOfWhole.Parse(text, _ => null));

    [Theory]
    [InlineData("")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/")]
    [InlineData("/3")]
    [InlineData("1/1000000")]
    [InlineData("auto")]
    public void Another_text_is_refused(string text) =>
        Assert.Throws<UsageException>(() => PartOfWhole.Parse(text, _ => null));

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4", "1-of-4")]
    [InlineData("SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=4", "4-of-4")]
    [InlineData("SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=12 SLURM_ARRAY_TASK_STEP=4", "03-of-12")]
    [InlineData("JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=8", "1-of-8")]
    [InlineData("JOB_COMPLETION_INDEX=7 JOB_COMPLETIONS=8", "8-of-8")]
    [InlineData("SLURM_ARRAY_TASK_ID=3", null)]
    [InlineData("SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=4", null)]
    [InlineData("SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_STEP=2", null)]
    [InlineData("JOB_COMPLETION_INDEX=8 JOB_COMPLETIONS=8", null)]
    [InlineData("JOB_COMPLETION_INDEX=0", null)]
    public void A_job_says_which_part_it_is(string variables, string? expected)
    {
        var table = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        if (expected is null)
        {
            Assert.Throws<UsageException>(() => PartOfWhole.Parse("auto", table.GetValueOrDefault));
        }
        else
        {
            Assert.Equal(expected, PartOfWhole.Parse("auto", table.GetValueOrDefault).ToString());
        }
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(10, 3)]
    [InlineData(long.MaxValue, 7)]
    public void Shares_are_all_of_the_work_and_nearly_equal(long units, int count)
    {
        var end = 0L;
        for (var i = 1; i <= count; i++)
        {
            var share = new PartOfWhole(i, count).Share(units);
            Assert.Equal(end, share.First);
            Assert.InRange(share.End - share.First, units / count, (units / count) + 1);
            end = share.End;
        }

        Assert.Equal(units, end);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(300, 2)]
    [InlineData((2 * FrameLength) + 1000, 2)]
    [InlineData((2 * FrameLength) + 1000, 3)]
    [InlineData(FrameLength + 1000, 3)]
    public void Parts_are_joined_to_the_archive_that_one_machine_makes(int length, int count)
    {
        var content = Mixed(length);
        var file = _host.Write("a", content);
        Assert.Equal(0, _host.Run(file, "-o", _host.PathOf("one")));
        foreach (var i in Enumerable.Range(1, count).Reverse())
        {
            Assert.Equal(0, _host.Run("--part", $"{i}/{count}", file));
        }

        var parts = Enumerable.Range(1, count).Select(i => _host.PathOf($"a.part-{i}-of-{count}.ncx")).ToArray();
        Assert.Equal(0, _host.Run(["--join", .. parts, "--content", file, "-o", _host.PathOf("joined")]));
        Assert.Equal(_host.Read("one"), _host.Read("joined"));

        Assert.Equal(0, _host.Run(["--join", .. parts, "-o", _host.PathOf("in-a-row")]));
        File.WriteAllBytes(_host.PathOf("cat"), [.. parts.SelectMany(File.ReadAllBytes)]);
        foreach (var name in (string[])["in-a-row", "cat"])
        {
            Assert.Equal(0, _host.Run("-dc", _host.PathOf(name)));
            Assert.Equal(SHA256.HashData(content), SHA256.HashData(_host.OutputBytes));
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(FrameLength + 1000)]
    public void Archives_that_were_not_made_as_parts_are_joined_too(int length)
    {
        var content = Mixed(length);
        _host.Write("a", content[..640]);
        _host.Write("b", content[640..]);
        var whole = _host.Write("whole", content);
        Assert.Equal(0, _host.Run(_host.PathOf("a"), _host.PathOf("b")));

        Assert.Equal(0, _host.Run("--join", _host.PathOf("a.ncx"), _host.PathOf("b.ncx"), "--content", whole, "-o", _host.PathOf("joined")));

        Assert.Equal(0, _host.Run("-dc", _host.PathOf("joined")));
        Assert.Equal(content, _host.OutputBytes);
    }

    [Fact]
    public void A_part_that_is_finished_is_passed_over_and_one_that_is_not_is_refused()
    {
        var file = _host.Write("a", Mixed(FrameLength + 1000));
        Assert.Equal(0, _host.Run("--part", "2/2", file));
        var part = _host.PathOf("a.part-2-of-2.ncx");
        var made = File.GetLastWriteTimeUtc(part).AddDays(-1);
        File.SetLastWriteTimeUtc(part, made);

        Assert.Equal(0, _host.Run("-v", "--part", "2/2", file));
        Assert.Contains("part 2-of-2 is there already", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(made, File.GetLastWriteTimeUtc(part));

        File.WriteAllBytes(part, File.ReadAllBytes(part)[..^1]);
        Assert.Equal(1, _host.Run("--part", "2/2", file));
        Assert.Equal(0, _host.Run("-f", "--part", "2/2", file));
    }

    [Fact]
    public void Parts_of_an_archive_are_decoded_into_one_file_in_any_order()
    {
        var content = Mixed((3 * FrameLength) + 1000);
        var file = _host.Write("a", content);
        Assert.Equal(0, _host.Run(file));
        var archive = _host.PathOf("a.ncx");
        var shared = _host.PathOf("b");
        foreach (var part in (string[])["3/3", "1/3", "2/3"])
        {
            Assert.Equal(0, _host.Run("-t", "--part", part, archive));
            Assert.Equal(0, _host.Run("-d", "--part", part, archive, "-o", shared));
            Assert.Equal(content.Length, new FileInfo(shared).Length);
        }

        Assert.Equal(SHA256.HashData(content), SHA256.HashData(_host.Read("b")));

        // A part is done again only where the content is not there.
        using (var stream = new FileStream(shared, FileMode.Open))
        {
            stream.Position = content.Length - 5;
            stream.WriteByte((byte)~content[^5]);
        }

        Assert.Equal(0, _host.Run("-v", "-d", "--part", "3/3", archive, "-o", shared));
        Assert.Contains("2 frames, 1 of them were there already", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(_host.Read("b")));
        Assert.Equal(1, _host.Run("-d", "--part", "1/3", archive, "-o", _host.Write("short", "x")));
    }

    [Fact]
    public void A_damaged_part_fails_and_parts_of_other_content_are_not_joined()
    {
        var file = _host.Write("a", Mixed(FrameLength + 1000));
        Assert.Equal(0, _host.Run("--part", "1/2", file));
        Assert.Equal(0, _host.Run("--part", "2/2", file));
        string[] parts = [_host.PathOf("a.part-1-of-2.ncx"), _host.PathOf("a.part-2-of-2.ncx")];
        var joined = _host.PathOf("joined");

        Assert.Equal(2, _host.Run(["--join", .. parts.Reverse(), "--content", file, "-o", joined]));
        Assert.Equal(2, _host.Run(["--join", parts[0], "--content", file, "-o", joined]));
        Assert.Equal(2, _host.Run(["--join", .. parts, parts[1], "--content", file, "-o", joined]));
        var bytes = File.ReadAllBytes(parts[0]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(parts[0], bytes);
        Assert.Equal(2, _host.Run(["--join", .. parts, "-o", joined]));
        Assert.Contains("a.part-1-of-2.ncx", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run(["--join", .. parts, "--content", file, "-o", joined]));
        Assert.False(File.Exists(joined));
    }

    [Theory]
    [InlineData("--part", "1/2")]
    [InlineData("--part", "1/2", "-")]
    [InlineData("--part", "1/2", "a", "b")]
    [InlineData("--part", "1/2", "-d", "a.ncx")]
    [InlineData("--part", "1/2", "-c", "a")]
    [InlineData("--part", "1/2", "--rm", "a")]
    [InlineData("--part", "1/2", "-l", "a")]
    [InlineData("--part", "3/2", "a")]
    [InlineData("--part", "auto", "a")]
    [InlineData("--join", "-o", "b")]
    [InlineData("--join", "a")]
    [InlineData("--join", "a", "-o", "-")]
    [InlineData("--content", "a", "b")]
    public void What_makes_no_sense_is_refused(params string[] arguments)
    {
        Assert.Equal(1, _host.Run(arguments));
        Assert.Contains("(see nacrith --help)", _host.ErrorText, StringComparison.Ordinal);
    }

    /// <summary>Noise, with a little text in every frame.</summary>
    private static byte[] Mixed(int length)
    {
        var content = new byte[length];
        new Random(5).NextBytes(content);
        for (var at = 0; at < length; at += FrameLength)
        {
            var text = "Alice was beginning to get very tired of sitting by her sister. "u8;
            for (var i = 0; i < 20 && at + ((i + 1) * text.Length) <= length; i++)
            {
                text.CopyTo(content.AsSpan(at + (i * text.Length)));
            }
        }

        return content;
    }
}
