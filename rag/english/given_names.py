"""Given names that news often has, by the pronoun that nearly always follows them; names of both kinds are left out.

Counted over news articles (the first of "he" and "she" after a full name), then completed and cleaned by hand.
"""

SHE = frozenset(
    """
    Abby Ada Adele Aisha Alexandra Alexandria Alice Alicia Alison Alyssa Amal Amanda Amber Amelia Amy Ana Anastasia
    Andrea Angela Angie Anita Anna Annalena Anne Annie Ariana Ashley Astrid Audrey Aung Ava Ayanna Barbara Beatrice
    Bella Beth Bethany Betsy Betty Beverly Beyoncé Bianca Billie Bobbi Bonnie Brandi Brenda Bridget Brittany
    Brittney Brooke Caitlin Camilla Candace Candice Carly Carmen Carol Carole Caroline Carolyn Carrie Catherine
    Cathy Cecilia Chelsea Cheryl Chloe Chrissy Christina Christine Claire Clare Claudia Condoleezza Connie Courtney
    Cristina Crystal Cynthia Daisy Danielle Deb Debbie Deborah Debra Dee Denise Diana Diane Dianne Dilma Dina Dolly
    Donna Dorothy Edith Ekaterina Elaine Eleanor Elena Elisabeth Elise Elizabeth Ellen Ellie Emily Emma Erika Erin
    Erna Esther Ethel Eugenie Eva Fatima Federica Fiona Florence Francesca Gabby Gail Gillian Gina Giorgia Gracie
    Greta Gretchen Gwyneth Halle Hanan Hannah Hanne Harriet Heather Heidi Helen Hilary Hillary Holly Hope Huma Ilhan
    Ilse Imani Imogen Indira Ines Ingrid Irina Iryna Isabel Ivanka Ivy Jacinda Jacqueline Jane Janelle Janet Janice
    Jasmine Jen Jenna Jennifer Jenny Jessica Jessie Jill Joan Joni Joyce Judy Julia Julianne Julie Kaitlyn Kaja
    Kamala Karen Kate Katherine Kathleen Kathryn Kathy Katie Katy Kayla Keiko Keisha Kellie Kellyanne Kelsey Keri
    Kerri Ketanji Kimberly Kirsten Kirstie Kirstjen Kristen Kristin Krystal Kyrsten Latoya Laura Lauren Laurie Leah
    Leila Lena Lesley Letizia Lily Linda Lindsay Lindsey Lisa Liz Lizzo Lois Loretta Lori Lorraine Lubna Lucia Luisa
    Lynn Lynne Mabel Maddie Magdalena Maggie Maia Malala Mara Marcia Margaret Margrethe Maria Mariah Marie Marilyn
    Marine Marit Marjorie Marsha Marta Martha Mary Maryam Maureen Maxine Megan Meghan Mei Melania Melanie Melissa
    Meredith Mette Mia Michele Michelle Mikaela Molly Mona Monica Nadia Nancy Naomi Natalia Natalie Natasha Nell
    Ngozi Nicola Nicole Nikki Nina Nirmala Nora Norma Oksana Olena Olga Olivia Oprah Paige Pam Pamela Paola Patricia
    Patty Paula Peggy Penny Petra Phoebe Pippa Pramila Priti Priyanka Rachel Rania Raquel Rashida Rebecca Rebekah
    Reese Regina Rihanna Rita Rosa Rosalynn Ruth Sabrina Sadie Sahra Sally Salma Samantha Samira Sandra Sanna Sara
    Sarah Scarlett Serena Sharon Sheila Sherri Sheryl Shirley Sigrid Simona Simone Sofia Sonia Sophia Sophie Stacey
    Stacy Stephanie Sue Suella Susan Suzanne Svetlana Tammy Tanya Tara Tatiana Teresa Terri Thea Theresa Tiffany
    Tilda Tina Toni Tulsi Ursula Valerie Vanessa Venus Vera Vicky Victoria Viola Vivian Wendy Whitney Winnie Yoko
    Yulia Yvonne Zara Zeinab Zendaya Zoe
    """.split()
)
HE = frozenset(
    """
    Aaron Abdel Abdul Abdullah Abe Adam Adrian Ahmad Ahmed Alan Albert Alberto Alejandro Aleksandar Aleksandr
    Aleksei Alexander Alexei Ali Allen Amit Anders Andre Andrei Andrew Andriy Andrzej Andrés Andy Anil Anthony
    Antonio Antony António Anwar Archie Ariel Arun Ashok Ashraf Avigdor Ayman Barack Bashar Ben Benedict Benjamin
    Bernard Bernie Bill Billy Binali Bjorn Bob Bobby Boris Boyko Brad Brady Brandon Brendan Brent Bret Brett Brian
    Brock Brody Bruce Bruno Bryan Bryce Buddy Byron Caleb Calvin Cam Carl Carlos Cedric Chad Charles Charlie Chris
    Christopher Chuck Clarence Clark Clint Cody Colin Connor Corey Cornel Cory Craig Cristiano Curt Curtis Cyril
    Dale Damian Dan Daniel Danny Darius Darrell Dave David Dennis Derek Derrick Desmond Didier Diego Dmitry Dmytro
    Dominic Don Donald Donovan Doug Douglas Duane Dustin Dwayne Dylan Ebrahim Eddie Edgar Edi Edward Ehud Ekrem Eli
    Elijah Elliott Elon Elvis Emmanuel Enda Enrique Eric Erik Ernie Ethan Eugene Evan Evo Faisal Felipe Ferdinand
    Fernando Fidel Florian Forrest Francis Francisco Frank Frank-Walter François Fred Freddie Frederick Fumio Gabe
    Gabor Gabriel Gareth Garrett Garth Gary Gavin Gene Geoff George Gerald Gerard Gerhard Gilbert Giuseppe Goodluck
    Gordon Graham Grant Greg Gregg Gregory Guillermo Gunnar Gustavo Hakan Hakeem Hamad Hamid Hank Hans Harry Hassan
    Heiko Helmut Henrik Henry Hiroshi Horst Hossein Howard Hugo Ian Ibrahim Igor Imran Isaac Isaiah Ismail Istvan
    Ivan Jack Jacob Jacques Jair Jake Jalen Jamaal Jamal James Janos Jared Jaroslaw Jason Javad Jay Jean Jeb Jeff
    Jeffrey Jens Jensen Jeremy Jerome Jerry Jesse Jim Jimmy Joe Joel Joey John Johnny Joko Jon Jonah Jonas Jonathan
    Jorge Jose Josef Joseph Josh Joshua José Juan Julian Julius Jurgen Justin Jürgen Kari Karim Karl Keegan Keir
    Keith Kemal Ken Kendrick Kenneth Kenny Kevin Khalid Kirk Klaus Kobe Kofi Konstantin Kurt Kwame Kwasi Kyle Kylian
    Kyriakos Lance Larry Lars Laszlo Lawrence LeBron Lech Lee Leo Leon Leonard Leonardo Lewis Liam Lionel Lloyd
    Louis Luc Luis Luiz Lukas Luke Magnus Mahathir Mahmoud Malcolm Manmohan Manny Manuel Marc Marco Marcus Mario
    Mark Martin Marty Marvin Mateusz Matt Matteo Matthew Matthias Maurice Max Mehmet Melvin Mevlut Micah Michael
    Michel Micheál Mick Miguel Mikael Mike Mikhail Milo Milos Mitch Mohamed Mohammad Mohammed Muhammad Muhammadu
    Mustafa Mykhailo Nabih Nadhim Naftali Najib Narendra Nate Nathan Nathaniel Nawaz Neal Neil Nelson Newt Neymar
    Nicholas Nick Nicolas Nicolás Nigel Nikolai Nikolay Novak Olaf Ole Oleg Oleksandr Oleksiy Oliver Olivier Olof
    Omar Osama Oscar Otis Otto Owen Paolo Patrick Paul Pavel Pedro Pep Pete Peter Phil Philip Philippe Phillip
    Pierre Piers Piotr Quentin Radoslaw Rafael Rafik Rahul Rajiv Ralph Ramzan Rand Randy Raphael Rasmus Ratko Raul
    Ravi Ray Raymond Raúl Recep Reggie Reince Rex Richard Rick Ricky Rishi Rob Robbie Robby Robert Rocky Rod Rodney
    Rodrigo Roger Roman Ron Ronan Ross Roy Rudy Rupert Russell Ryan Saad Sadiq Salman Sam Samir Samuel Sanjay Satya
    Scott Sean Sebastian Selahattin Sergei Sergey Sergii Sergio Serhiy Shane Shaquille Shaun Shawn Shimon Shinzo
    Silvio Simon Slobodan Soren Stan Stanley Stefan Stephen Steve Steven Stuart Sundar Sven Tamim Tariq Taro Tate
    Tayyip Ted Teddy Terence Terry Thabo Theodore Thomas Tim Tobias Todd Tom Tomas Tomasz Tommy Tony Traian Trent
    Trevor Trey Tyler Tyre Tyrone Uhuru Usain Vaclav Vasiliy Vasily Vaughn Vic Vicente Victor Vijay Viktor Vince
    Vincent Vivek Vladimir Volodymyr Walid Walt Walter Wes William Willie Wolfgang Xavier Yair Yanis Yasser Yevgeniy
    Yevgeny Yoshihide Yousef Yoweri Yusuf Zac Zach Zachary Zack Zayed Zlatan Zoran
    """.split()
)
